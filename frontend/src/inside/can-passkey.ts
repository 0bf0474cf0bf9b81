/** Passkeys in this browser: whether there are any, and whether one could keep the key to the room. */
import { useEffect, useState } from 'preact/hooks';

export function canPasskey(): boolean {
  return typeof PublicKeyCredential !== 'undefined';
}

/** A browser that does not say is believed to. */
async function keepsKeys(): Promise<boolean> {
  try {
    return (await PublicKeyCredential.getClientCapabilities())['extension:prf'] !== false;
  } catch {
    return true;
  }
}

export function useKeepsKeys(): boolean {
  const [keeps, setKeeps] = useState(true);
  useEffect(() => void keepsKeys().then(setKeeps), []);
  return keeps;
}
