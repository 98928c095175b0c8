// The entry point of the bundle: exports what bin/rupture.js needs.
export { openMachine } from './machine.ts';
export { main } from './main.ts';
export { openWorld } from './open-world.ts';
