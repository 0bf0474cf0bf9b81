/** The modules of a link's square code, row by row; none when the worker cannot be had, for the link stands beside it. */
import { squareWorker } from './trusted';

export async function drawSquare(address: string): Promise<boolean[][]> {
  const worker = squareWorker();
  try {
    return await new Promise<boolean[][]>((done) => {
      worker.onmessage = ({ data }: MessageEvent<boolean[][]>) => done(data);
      worker.onerror = () => done([]);
      worker.postMessage(address);
    });
  } finally {
    worker.terminate();
  }
}
