/** The quiet lines under the heading: no connection, a full device, a newer version. */
import { useBoat } from '../inside/afloat';
import type { NoticeCode } from '../inside/model';
import { notices } from '../words/en/common';
import { useDoing, useWatched } from './hooks';
import { Button } from './parts';

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
      <p>{text}</p>
      {act && (
        <Button kind="link" busy={doing.busy} onPress={() => void doing.run(() => boat.answerNotice(code))}>
          {act}
        </Button>
      )}
    </div>
  );
}
