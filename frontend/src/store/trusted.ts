/** The one Trusted Types policy. It lets through the address of our own worker, and nothing else. */
import stretchUrl from './stretch.worker?worker&url';

interface PolicyMaker {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => unknown };
}

function onlyOurs(url: string): string {
  if (url !== stretchUrl) throw new TypeError('not our worker');
  return url;
}

export function stretchWorker(): Worker {
  const maker = (globalThis as { trustedTypes?: PolicyMaker }).trustedTypes;
  const url = maker === undefined ? onlyOurs(stretchUrl) : policy(maker).createScriptURL(stretchUrl);
  return new Worker(url as string, { type: 'module' });
}

let made: ReturnType<PolicyMaker['createPolicy']> | undefined;

function policy(maker: PolicyMaker): ReturnType<PolicyMaker['createPolicy']> {
  made ??= maker.createPolicy('sameboat', { createScriptURL: onlyOurs });
  return made;
}
