/** The quiet lines under the heading: no connection, a full device, a newer version. */
import { useBoat } from '../inside/afloat';
import type { NoticeCode } from '../inside/model';
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
  const to = code === 'restored' ? boat.restoredTo() : null;
  return (
    <div class="notice">
      <p>{to === null ? text : words.restoredTo(partOfDay(to))}</p>
      {act && (
        <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.answerNotice(code))}>
          {act}
        </Button>
      )}
    </div>
  );
}
