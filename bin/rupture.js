#!/usr/bin/env node
const { closeLostTerminals, machineOf, main, openWorld } = require('../dist/rupture.js');

closeLostTerminals(process);
const machine = machineOf(process);
void main(process.argv.slice(2), (globals) => openWorld(machine, globals)).then((exit) => {
  process.exitCode = exit;
});
