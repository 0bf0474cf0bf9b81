/** The one Trusted Types policy. It lets through the addresses of our own workers and our own later part, and nothing else. */
import stretchUrl from './stretch.worker?worker&url';

interface PolicyMaker {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => unknown };
}

export const SERVICE_WORKER = '/in/sw.js';
const SELDOM = /^\/assets\/inside\/seldom-[\w-]+\.js(?:\?\d+)?$/;

function onlyOurs(url: string): string {
  if (url !== stretchUrl && url !== SERVICE_WORKER && !SELDOM.test(url)) throw new TypeError('not our script');
  return url;
}

export function stretchWorker(): Worker {
  return new Worker(scriptAddress(stretchUrl), { type: 'module' });
}

/** The address as the browser takes it for a script. Throws TypeError for any other than ours. */
export function scriptAddress(url: string): string {
  const maker = (globalThis as { trustedTypes?: PolicyMaker }).trustedTypes;
  return (maker === undefined ? onlyOurs(url) : policy(maker).createScriptURL(url)) as string;
}

let made: ReturnType<PolicyMaker['createPolicy']> | undefined;

function policy(maker: PolicyMaker): ReturnType<PolicyMaker['createPolicy']> {
  made ??= maker.createPolicy('sameboat', { createScriptURL: onlyOurs });
  return made;
}
