/** The one Trusted Types policy. It lets through the addresses of our own workers, and nothing else. */
import squareUrl from './square.worker?worker&url';
import stretchUrl from './stretch.worker?worker&url';

interface PolicyMaker {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => unknown };
}

function onlyOurs(url: string): string {
  if (url !== stretchUrl && url !== squareUrl) throw new TypeError('not one of our workers');
  return url;
}

function workerAt(address: string): Worker {
  const maker = (globalThis as { trustedTypes?: PolicyMaker }).trustedTypes;
  const url = maker === undefined ? onlyOurs(address) : policy(maker).createScriptURL(address);
  return new Worker(url as string, { type: 'module' });
}

export const stretchWorker = (): Worker => workerAt(stretchUrl);
export const squareWorker = (): Worker => workerAt(squareUrl);

let made: ReturnType<PolicyMaker['createPolicy']> | undefined;

function policy(maker: PolicyMaker): ReturnType<PolicyMaker['createPolicy']> {
  made ??= maker.createPolicy('sameboat', { createScriptURL: onlyOurs });
  return made;
}
