/** The quiet lines at the top of a page, each standing until its reason is gone. */
import type { NoticeCode } from '../inside/model';
import { Cell } from '../inside/watched';
import type { Restored } from './mending';

export class Notices {
  /** The copy of the server that was put back last. */
  restored: Restored | null = null;
  readonly cell = new Cell<readonly NoticeCode[]>([]);

  set(code: NoticeCode, stands: boolean): void {
    const now = this.cell.get();
    if (now.includes(code) === stands) return;
    this.cell.set(stands ? [...now, code] : now.filter((other) => other !== code));
  }
}
