/** Hands the person a file from this page; nothing leaves the device. */
import type { Export } from '../model';

export function keepFile({ filename, text }: Export): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
