/** The quiet lines under the heading: no connection, a full device, a newer version. */
import { useBoat } from '../inside/afloat';
import type { Boat, NoticeCode } from '../inside/model';
import { pathTo } from '../inside/route';
import { words } from '../words/en';
import { notices } from '../words/en/common';
import { useDoing, useWatched } from './hooks';
import { Button } from './parts';
import { partOfDay } from './when';

export function NoticeLines() {
  const standing = useWatched(useBoat().notices);
  return (
    <div class="notices" role="status">
      {standing.map((code) => (
        <NoticeLine key={code} code={code} />
      ))}
    </div>
  );
}

function NoticeLine({ code }: { code: NoticeCode }) {
  const boat = useBoat();
  const doing = useDoing();
  const { text, act } = notices[code];
  return (
    <div class="notice">
      <p>{said(code, boat) ?? text}</p>
      {code === 'forked' && <a href={pathTo('forked')}>{words.look}</a>}
      {act && (
        <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.answerNotice(code))}>
          {act}
        </Button>
      )}
    </div>
  );
}

/** Those that name a night or a person. */
function said(code: NoticeCode, boat: Boat): string | null {
  const to = code === 'restored' ? boat.restoredTo() : null;
  if (to !== null) return words.restoredTo(partOfDay(to));
  const by = code === 'someone_was_out' ? boat.keyBy() : '';
  return by === '' ? null : words.keyBy(by);
}
