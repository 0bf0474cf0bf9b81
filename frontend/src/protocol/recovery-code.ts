/** The recovery code: 28 symbols in seven groups of four, each with a check symbol (SPEC.md section 3). */
import { Failure, must } from './failures';
import { random } from './subtle';

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXY';
const BASE = SYMBOLS.length;
const GROUPS = 7;
const GROUP = 4;
const FAIR = 256 - (256 % BASE);

function check(group: string, index: number): string {
  let sum = index;
  for (let i = 0; i < GROUP; i++) sum += (i + 1) * SYMBOLS.indexOf(group.charAt(i));
  return SYMBOLS.charAt(sum % BASE);
}

function fairSymbol(): string {
  for (;;) {
    const [byte] = random(1);
    if (byte !== undefined && byte < FAIR) return SYMBOLS.charAt(byte % BASE);
  }
}

/** 28 fresh symbols: the secret itself, without check symbols. */
export function makeCode(): string {
  return Array.from({ length: GROUPS * GROUP }, fairSymbol).join('');
}

/** The seven groups of five as they are shown, from the 28 symbols. */
export function writeCode(symbols: string): string[] {
  must(symbols.length === GROUPS * GROUP, 'code_length');
  return Array.from({ length: GROUPS }, (_, index) => {
    const group = symbols.slice(index * GROUP, (index + 1) * GROUP);
    return group + check(group, index);
  });
}

/** The 28 symbols of what a person typed; refuses as `code_length`, or `code_group` with its number from 1. */
export function readCode(typed: string): string {
  const plain = typed.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1').replaceAll(/[ -]/g, '');
  must([...plain].length === GROUPS * (GROUP + 1), 'code_length');
  let symbols = '';
  for (let index = 0; index < GROUPS; index++) {
    const five = plain.slice(index * (GROUP + 1), (index + 1) * (GROUP + 1));
    const group = five.slice(0, GROUP);
    const known = [...five].every((symbol) => SYMBOLS.includes(symbol));
    if (!known || five.charAt(GROUP) !== check(group, index)) throw new Failure('code_group', index + 1);
    symbols += group;
  }
  return symbols;
}
