import { setFlagsFromString } from 'node:v8';

/**
 * From so many files on V8's slow compiler is at work for longer than it then saves; below it is hardly ever
 * at work, and telling it so would cost more.
 */
const many = 250;

// As what it says is: of the whole process.
let isLong = false;

/**
 * Tells V8 not to compile the loops over `count` files any better than it has: the run is over before that
 * pays. Not in a run that reckons for long.
 */
export function spareCompiler(count: number): void {
  if (!isLong && count >= many) setFlagsFromString('--no-turbofan');
}

/** Takes that back, for the rest of the run: it reckons for long. */
export function trustCompiler(): void {
  isLong = true;
  setFlagsFromString('--turbofan');
}
