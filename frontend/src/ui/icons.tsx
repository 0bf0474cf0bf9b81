/** Four plain pictures for the four doors. Screen readers pass them by. */
const drawn = {
  today: 'M4 11.5 12 5l8 6.5M6.5 10v9h11v-9',
  room: 'M5 6.5h14v9.5h-8l-4 3.5V16H5z',
  everyday: 'M5 9h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 10.500h1.500a2 2 0 0 1 0 4.500H16M8.500 4v2M12 4v2',
  members: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.500 19a5.500 5.500 0 0 1 11 0M16 11.500a2.500 2.500 0 1 0-1-4.800M16.500 14a5 5 0 0 1 4 5',
} as const;

export type IconName = keyof typeof drawn;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawn[name]} />
    </svg>
  );
}
