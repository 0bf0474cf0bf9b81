/** The square code of a link, drawn away from the page; fetched only when someone is invited. */
import { encode } from 'uqr';

self.onmessage = ({ data }: MessageEvent<string>) => self.postMessage(encode(data, { border: 0, ecc: 'M' }).data);
