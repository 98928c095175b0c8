import { setFlagsFromString } from 'node:v8';

/** From so many files on V8's slow compiler is at work for longer than it then saves; below it is hardly ever at work, and telling it so would cost more. */
const many = 250;

/** Tells V8 not to compile the loops over `count` files any better than it has: the run is over before that pays. */
export function spareCompiler(count: number): void {
  if (count >= many) setFlagsFromString('--no-turbofan');
}

/** Takes that back, for what reckons for long. */
export function trustCompiler(): void {
  setFlagsFromString('--turbofan');
}
