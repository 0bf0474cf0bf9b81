/** A QR code drawn from its modules, with the quiet zone it needs; always dark on light, in every theme. */
interface Props {
  modules: readonly (readonly boolean[])[];
  label: string;
}

const QUIET = 4;

export function SquareCode({ modules, label }: Props) {
  const side = modules.length + 2 * QUIET;
  const path = modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  return (
    <svg class="square" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect class="square-light" width={side} height={side} />
      <path class="square-dark" d={path} />
    </svg>
  );
}
