/** Whether a passkey could open the room in this browser. One that does not say is believed to. */
import { useEffect, useState } from 'preact/hooks';

async function canPasskey(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false;
  try {
    return (await PublicKeyCredential.getClientCapabilities())['extension:prf'] !== false;
  } catch {
    return true;
  }
}

export function useCanPasskey(): boolean {
  const [can, setCan] = useState(false);
  useEffect(() => void canPasskey().then(setCan), []);
  return can;
}
