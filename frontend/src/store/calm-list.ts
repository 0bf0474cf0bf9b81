/** The 1,024 calm words, the same list for every client. */
import { words } from '../../../protocol/vectors/room-words.json';

export const WORDS: readonly string[] = words;
