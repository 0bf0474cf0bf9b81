/** Of this folder, what only the later part of the app needs: fetched with it, and so not named in index.ts. See part.ts. */
export * as reports from './reports';
export * as passkeys from './passkey';
export * as signals from './signals';
export * as talks from './talks';
export * as meetings from './meetings';
export * as voices from './voice';
export * as gatherings from './gatherings';
export { makeCode, readCode, writeCode } from './recovery-code';
