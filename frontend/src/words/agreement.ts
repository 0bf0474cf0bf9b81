/**
 * The starter agreement: every clause of ETHOS S2 in our own words, and the two parts that the law asks for.
 *
 * On the wire an agreement is one text: clauses parted by an empty line, each with its heading on its first
 * line. `written` and `read` turn one into the other, so that a group may change, drop and add as it likes.
 */
export interface Clause {
  heading: string;
  text: string;
  /** Asked by law; stays as it is. */
  fixed: boolean;
}

const clause = (heading: string, text: string): Clause => ({ heading, text, fixed: false });

/** `number`: the emergency number of the site's country. */
const ends = (number: string): Clause => ({
  heading: 'Where keeping it ends',
  text: `There are a few exceptions. If someone’s life is in danger, if someone else may be harmed, if a child or an adult at risk may be harmed, or if the law demands it, a member may have to tell someone outside.\nWhere there is time, the person is told first. Anyone may ring ${number} at once and alone.\nA message can be reported, one to one as well, up to 7 days after it was taken back. Only the messages picked are opened, by the people named on the safeguarding page, never by anyone they are about.`,
  fixed: true,
});

const ADULTS: Clause = {
  heading: 'For adults',
  text: 'Everyone here is 18 or over. If someone turns out to be younger, they are told first, helped to find a place for them, and their way in is closed kindly.',
  fixed: true,
};

export const starter = (number: string): readonly Clause[] => [
  clause('What is said here stays here', 'We do not repeat outside what someone said, or that they are here. Not to friends, not to partners, not to anyone who works with them.'),
  ends(number),
  clause('How it felt, not how it was done', 'We talk about feelings and about getting through. We leave out how, with what, and how much, because it can pull at someone who reads it.'),
  clause('No comparing', 'Nobody’s hurt is bigger or smaller. We do not measure it against anyone else’s.'),
  clause('Nobody has to speak', 'You don’t have to say anything. Listening is fine, for as long as you like.'),
  clause('Support before advice', 'We listen first. We give ideas when someone asks for them.'),
  clause('Speaking for myself', 'We say “I” and “for me it was”. We do not say “you should”.'),
  clause('Nobody has to be stopping', 'Someone may want to stop, or not, or not know. All of them belong here.'),
  clause('Stepping out is fine', 'You can leave a talk, take a break or stay away, and come back. No reason needed.'),
  clause('If we meet outside', 'The other person decides whether we know each other. We wait until they say hello.'),
  clause('When we disagree', 'We say it to the person, kindly and early. If that does not help, two members listen to both. A host can fold a message, with a private word why. Nobody is removed by one person alone. Someone who was removed can ask the person named on the safeguarding page to look at it again.'),
  ADULTS,
];

/** Whatever number stands in it: a group may have begun in another country, or before its site had said which. */
function isFixed(heading: string, text: string): boolean {
  const number = /\bring (\d{3}(?: or \d{3})?) at once/.exec(text)?.[1] ?? '';
  return [ends(number), ADULTS].some((known) => known.heading === heading && known.text === text);
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** One text, as it is sealed and agreed to. Clauses with nothing in them are left out. */
export function written(clauses: readonly Clause[]): string {
  return clauses
    .map(({ heading, text }) => [oneLine(heading), ...text.split('\n').map(oneLine).filter(Boolean)].filter(Boolean).join('\n'))
    .filter(Boolean)
    .join('\n\n');
}

/** The clauses of an agreement's text. A clause of one line has no heading. */
export function read(text: string): Clause[] {
  return text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [first = '', ...rest] = part.split('\n');
      const body = rest.join('\n');
      return rest.length ? { heading: first, text: body, fixed: isFixed(first, body) } : { heading: '', text: first, fixed: false };
    });
}
