/** The recording beside its text: one plays, the other follows. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { studyWords as words } from '../../words/study';

const BACK_S = 5;

/** The player on the page, for the keys; without a recording they do nothing. */
export const listening = {
  player: null as HTMLAudioElement | null,
  toggle(): void {
    const { player } = this;
    if (player === null) return;
    if (player.paused) void player.play().catch(() => undefined);
    else player.pause();
  },
  back(): void {
    if (this.player !== null) this.player.currentTime = Math.max(0, this.player.currentTime - BACK_S);
  },
  from(seconds: number): void {
    if (this.player === null) return;
    this.player.currentTime = seconds;
    void this.player.play().catch(() => undefined);
  },
};

interface Props {
  url: string;
  /** Called about four times a second while it plays. */
  onHeard: (seconds: number) => void;
  follows: boolean;
  onFollow: (follows: boolean) => void;
}

export function Listen({ url, onHeard, follows, onFollow }: Props) {
  const player = useRef<HTMLAudioElement>(null);
  const [cannot, setCannot] = useState(false);
  useEffect(() => {
    listening.player = player.current;
    return () => void (listening.player = null);
  }, [url]);
  return (
    <div class="listen">
      <audio
        ref={player} src={url} controls preload="metadata" aria-label={words.listen.label}
        onTimeUpdate={(event) => onHeard(event.currentTarget.currentTime)}
        onError={() => setCannot(true)}
      />
      <label class="pick">
        <input type="checkbox" checked={follows} onChange={(event) => onFollow(event.currentTarget.checked)} />
        <span>{words.listen.follow}</span>
      </label>
      {cannot && <p class="error">{words.listen.cannot}</p>}
    </div>
  );
}
