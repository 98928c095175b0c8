// The program's file: what bin/rupture.js needs.
export { openMachine } from './machine.ts';
export { main } from './main.ts';
export { openWorld } from './open-world.ts';
