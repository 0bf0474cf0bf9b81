/** The square code of a link, row by row: dark or light. Drawn only when someone is invited. */
import { correction, generate } from 'lean-qr/nano';

export function drawSquare(address: string): boolean[][] {
  const square = generate(address, { minCorrectionLevel: correction.M });
  const along = Array.from({ length: square.size }, (_, at) => at);
  return along.map((y) => along.map((x) => square.get(x, y)));
}
