/** Who can read what is said here, in plain words, and what that does not cover. */
import { Page } from '../../ui/page';
import { words } from '../../words/en';
import { listed, present, useGroup } from '../afloat';

export function WhoSees() {
  const text = words.room.whoSees;
  const group = useGroup();
  const names = present(group).map((member) => (member.isMe ? words.you.toLowerCase() : member.name));
  return (
    <Page title={text.title} back="lastDoor">
      <p>{text.members(listed(names))}</p>
      <p>{text.server}</p>
      <p>{text.reader}</p>
      <p>{text.code}</p>
      <p>{words.room.fades(group.windowDays)}</p>
      <p><a href="/what-stays-here">{text.exceptions}</a></p>
    </Page>
  );
}
