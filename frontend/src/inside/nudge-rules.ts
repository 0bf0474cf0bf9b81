/**
 * The rules of the nudge, in the order they are asked. Each is a pattern of grammar: who speaks to whom, a
 * quantity near a general word, an order, a comparison, a contact detail. Read them aloud when you change them,
 * and add a sentence in both senses to nudge.test.ts.
 */
import type { NudgeKind } from './views';

export interface Rule {
  kind: NudgeKind;
  /** One sentence, in small letters with straight quotes, unless `asWritten`. */
  flags: RegExp;
  /** A sentence that also fits this is left alone. */
  unless?: RegExp;
  /** Only where this sentence or the one before speaks of hurt. */
  nearHurt?: boolean;
  /** Names and addresses need their capitals. */
  asWritten?: boolean;
  /** So many different words of `flags` in one sentence. */
  atLeast?: number;
  notOneToOne?: boolean;
  unlessNoted?: boolean;
}

const I_WILL = "\\bi(?:'m| am|'ll| will)?(?: (?:just|really|only|still|so|now|think i'll))*";
const SELF = '(?:myself|yourself|yourselves|ourselves|himself|herself|themselves|themself)';
const SOME = '(?:\\d+|a few|several|some|one|two|three|four|five|six|seven|eight|nine|ten|twenty|half a)';
const SPAN = '(?:times?|minutes?|hours?|days?|nights?|weeks?|months?|years?|buses|steps|people)';

const danger: Rule[] = [
  {
    kind: 'danger',
    flags: new RegExp(`${I_WILL} (?:want to|going to|gonna|about to|ready to|plan to|planning to|will)? ?(?:die|kill myself|end it all|end it tonight|end my life|be dead)\\b`),
    unless: /\b(?:die|dead) (?:of|from|laughing|for|on my feet)\b|\b(?:used to|wanted to|thought i|don't want to|do not want to) \b|\bi (?:might|could|nearly|almost)\b/,
  },
  { kind: 'danger', flags: /\bi (?:don't|do not|can't|cannot) (?:really )?(?:want to |go on )(?:live|living|be alive|wake up|be here any ?more)\b/ },
  { kind: 'danger', flags: /\bi(?:'m| am) (?:hurting|harming) myself (?:right )?now\b|\b(?:hurt|harmed) myself and (?:it|i) (?:won't|can't|cannot|will not) stop\b|\bi(?: think i)? need an ambulance\b/ },
  {
    kind: 'danger',
    flags: /\bthis is (?:goodbye|my last (?:message|night|day))\b|\bgoodbye,? (?:everyone|everybody|all of you|forever)\b|\bby the time you read this\b|\bwhen i(?:'m| am) gone\b|\byou (?:won't|will not|will never|'ll never) (?:see|hear from) me again\b|\bbetter off without me\b/,
    unless: /\bgoodbye (?:everyone|all),? (?:see|for now|until|till)\b|\b(?:see you|for now|until next|till next|back (?:on|in|at|next))\b/,
  },
];

const how: Rule[] = [
  { kind: 'how', flags: new RegExp(`\\b(?:hurt|harm|harmed|hurting|harming) ${SELF} (?:\\w+ly )?(?:with|using) (?:a|an|the|some|something|what|these|this|${SOME})\\b`), unless: /\bwith (?:the|a|some) (?:door|window|lights?|radio|telly|friends?|others|people)\b/ },
  { kind: 'how', flags: new RegExp(`\\b(?:hurt|harm|harmed|hurting|harming) ${SELF} (?:\\w+ )?on (?:my|both|each|your) (?!own|birthday|way|day|mind|break|lunch|bed|phone|bad|worst)\\w+`) },
  {
    kind: 'how',
    flags: new RegExp(`\\b(?:how|what|where) (?:do|did|does|would|should|can|could) (?:you|i|we|people|they|one)\\b.*\\b(?:hurt|harm)(?:ing)? ${SELF}`),
    unless: /\b(?:to us|to me|not|don't|stop|stopping|instead|without|cope|feel|felt|before|after|when|rather|tell|say|help|know)\b/,
  },
  { kind: 'how', flags: new RegExp(`\\b(?:best|easiest|quickest|right|good|safest) (?:way|thing|place) to (?:hurt|harm|do it)\\b`), nearHurt: true, unless: /\bnot\b/ },
  { kind: 'how', flags: /\b(?:here's|here is|this is|that's) how i (?:do|did) it\b|\b(?:what|the thing) i use(?:d)? (?:is|was|for)\b|\bi use(?:d)? (?:a|an|the|some) \w+ (?:to|on|for) (?:it|hurt|harm)\b/, nearHurt: true },
  { kind: 'how', flags: new RegExp(`\\b(?:using|took|taken|taking|used) (?:about |around )?${SOME} (?:of )?(?!${SPAN}\\b|off\\b|time\\b)\\w+`), nearHurt: true, unless: /\b(?:breaths?|calls?|walks?|goes|turns?)\b/ },
];

const encouraging: Rule[] = [
  { kind: 'encouraging', flags: new RegExp(`(?:\\bgo on,?(?: and)?|\\bgo ahead(?: and)?|\\bjust|^|\\bwhy not|\\bwhy don't you|\\byou (?:should|could|might as well|ought to|need to|have to|deserve to)|\\blet's|\\bshall we|\\bwe (?:should|could|can)) (?:all |just |go and |try to )*(?:hurt|harm|hurting|harming) (?:yourself|yourselves|ourselves|each other)\\b`), unless: /\b(?:not|never|stop|without|instead)\b|\bif you\b/ },
  { kind: 'encouraging', flags: /^(?:hurt|harm) yourself\b|\btry (?:hurting|harming) yourself\b/ },
  { kind: 'encouraging', flags: /\b(?:dare|bet) you (?:to |can't |won't |wouldn't )?(?:do it|hurt|harm)\b/, nearHurt: true },
  { kind: 'encouraging', flags: /^(?:please )?(?:just |so |then )*(?:go on,? |go ahead,? )?(?:and )?(?:just )?do it\b|\bdo it (?:with me|together|at the same time)\b/, nearHurt: true },
  { kind: 'encouraging', flags: /\bi(?: can|'ll| will| could) (?:give|send|bring|lend|get) you (?:something|what you need|some|one)\b.*\b(?:do it|hurt|harm|that)\b/, nearHurt: true },
];

const vivid: Rule[] = [
  {
    kind: 'vivid',
    flags: /\b(?:watch(?:ed|ing)?|star(?:ed|ing)|smell(?:ed|ing|s)?|tast(?:ed|e|ing)|sound(?:ed|s)?|colou?r|red|warm|wet|sticky|shiny|bright|slowly|running|dripping|throbb(?:ed|ing)|sting(?:ing|s)?|burn(?:ed|ing|s)?)\b/,
    atLeast: 3,
    nearHurt: true,
    unlessNoted: true,
  },
];

const pressure: Rule[] = [
  { kind: 'pressure', flags: /\byou(?: just| really| simply)? (?:have to|need to|must|should|ought to|had better|better|'ve got to|have got to|can't go on|promised? (?:me|us) (?:to|you'd|you would)) (?:just )?(?:stop|quit|give up) (?:it|this|that|doing|hurting|harming)\b/ },
  { kind: 'pressure', flags: /\byou(?: just| really)? (?:have to|need to|must|should|ought to|'ve got to) (?:just )?(?:stop|quit)(?: now)?[.!]*$|^(?:please |just )*stop (?:it|this|that|doing (?:it|this|that)|hurting yourself|harming yourself)\b|\bpromise (?:me|us)\b.*\b(?:stop|never|won't|not)\b/, nearHurt: true },
  {
    kind: 'pressure',
    flags: /\bif you (?:ever )?(?:do (?:it|this|that)|hurt yourself|harm yourself|don't stop|do not stop|keep (?:doing|hurting|harming))\b.*\b(?:i|we)(?:'ll| will| won't|'m| am| can't)\b/,
    unless: /\b(?:still|here for|listen|with you|hear you|be here|not leave|won't leave|not go)\b/,
  },
  { kind: 'pressure', flags: /\b(?:look|think) (?:at |of |about )?what you(?:'re| are)? (?:doing|do) to\b|\bhow (?:can|could) you do (?:this|that|it) to (?:us|me|your|them|her|him)\b|\bthink of your (?:family|children|kids|mum|dad|mother|father|partner)\b/, nearHurt: true },
  { kind: 'pressure', flags: /\byou(?:'re| are) (?:so |being |just |really |only )*(?:disgusting|selfish|pathetic|a disgrace|an embarrassment)\b/ },
  { kind: 'pressure', flags: /\b(?:that|it|this)(?:'s| is| was) (?:so |just |really )*(?:disgusting|shameful|selfish|pathetic)\b/, nearHurt: true, unless: /\b(?:felt|feel|i think it|i was told|told me|they said|he said|she said|myself)\b/ },
];

const comparing: Rule[] = [
  { kind: 'comparing', flags: /\b(?:worse|more|less|harder|longer) than (?:you|yours|hers|his|theirs|any of you|anyone|everyone|most of you|the rest of you|others here)\b/, nearHurt: true, unless: /\b(?:support|love|kind\w*|help\w*)\b/ },
  { kind: 'comparing', flags: /\b(?:mine|yours|hers|his|theirs) (?:is|are|was|were|looks?) (?:so |much |far |a lot |really |just )*(?:worse|nothing|not (?:that|as|so|even) bad|bigger|smaller|not real)\b|\byou (?:only|just|hardly|barely) (?:hurt|harmed) yourself\b|\bthat's nothing\b/, nearHurt: true },
  { kind: 'comparing', flags: /\b(?:\d+|a hundred|forty|thirty|twenty|ten) (?:whole )?(?:days|weeks|months|years) (?:\w+ )?(?:without|free (?:of|from)) (?:it|hurting|harming|self-?harm\w*)\b/ },
  { kind: 'comparing', flags: /\b(?:\d{2,}|dozens of|hundreds of) times\b/, nearHurt: true },
];

const LABEL = "(?:self-?harmers?|psychos?|nutters?|nutcases?|lunatics?|freaks?|weirdos?|loon(?:y|ies)|attention[- ]seekers?|(?:mental|head|basket) cases?|time[- ]wasters?)";

const labels: Rule[] = [
  { kind: 'labels', flags: new RegExp(`\\b(?:you|she|he|they|people like \\w+|those|these|the others|that (?:man|woman|girl|boy|one))(?:'re|'s| are| is| was| were)? (?:just |only |such |all |another |a |an |real |total |complete |bunch of |bloody |typical )*${LABEL}\\b`), unless: /\b(?:called me|calls me|call me|says i|said i|think i'm|think i am)\b/ },
  { kind: 'labels', flags: /\b(?:self-?harmers) (?:are|like|always|never|only|just|all|should|can't|need)\b/, unless: /\b(?:we|us|i)\b/ },
  { kind: 'labels', flags: /\b(?:you|she|he|they)(?:'re|'s| are| is) (?:being |acting )?(?:so|totally|completely|such an?|being|acting) (?:\w+ly )?(?:bipolar|schizo|psychotic|borderline|bpd|ocd|mental)\b/ },
];

const STREET = '(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Terrace|Crescent|Gardens|Court|Way|Grove)';
const SERVICE = /\b(?:ward|clinic|hospital|surgery|centre|center|service|unit|helpline|line|samaritans|cafe|café|church|library)\b/;
const NAME = "\\p{Lu}\\p{Ll}[\\p{L}'-]*";

const identifying: Rule[] = [
  // Free and shared-cost numbers (03…, 08…) belong to services.
  { kind: 'identifying', flags: /(?:\+44 ?\(?0?\)? ?|\b0(?!3|8))(?:\d[ -]?){8,9}\d\b/, notOneToOne: true },
  { kind: 'identifying', flags: /\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b/, notOneToOne: true },
  { kind: 'identifying', flags: new RegExp(`\\b\\d+[a-zA-Z]?,? (?:${NAME} ){1,2}${STREET}\\b`, 'u'), asWritten: true, notOneToOne: true, unless: SERVICE },
  { kind: 'identifying', flags: /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/, asWritten: true, notOneToOne: true, unless: SERVICE },
  {
    kind: 'identifying',
    flags: new RegExp(`\\b(?:friend|neighbour|boss|brother|sister|mum|mother|dad|father|son|daughter|cousin|uncle|aunt|colleague|teacher|partner|husband|wife|ex|boyfriend|girlfriend|flatmate),?(?: is)?(?: called| named)? ${NAME} ${NAME}|\\b(?:Mr|Mrs|Ms|Miss) ${NAME} ${NAME}|\\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:real |full )?(?:last |second )?name is ${NAME} ${NAME}|\\b(?:real|full|last) name is ${NAME}`, 'u'),
    asWritten: true,
    unless: /\bmy (?:real |full |last )?name is\b/,
  },
];

/** Danger first; then what could hurt a reader most. */
export const RULES: readonly Rule[] = [
  ...danger,
  ...encouraging,
  ...how,
  ...vivid,
  ...pressure,
  ...labels,
  ...comparing,
  ...identifying,
];

