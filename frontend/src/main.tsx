/** The inside app: the store behind its one door, and the screens before it. */
import { startInside } from './inside/start-inside';
import { openBoat } from './store/boat';

const root = document.getElementById('app');
if (root !== null) void startInside(root, openBoat);
