// node run-fixed.cjs PROGRAM ARGUMENTS…: runs a built program with a fixed clock and with random bytes that
// depend only on RUPTURE_SEED, so that two programs can be compared. Older programs call the random bytes
// `chance`.
const [, , program, ...args] = process.argv;
const { main, openMachine, openWorld } = require(program);

const instant = '2026-03-12T19:04:55.000-05:00';
const now = () => ({ instant, day: instant.slice(0, 10), ms: Date.parse(instant) });
let state = Number(process.env.RUPTURE_SEED);
const random = count =>
  Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });

const machine = openMachine(process);
void main(args, globals => openWorld(machine, globals, { now, random, chance: random, cost: 8 })).then(
  exit => {
    process.exitCode = exit;
  },
);
