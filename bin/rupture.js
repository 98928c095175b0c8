#!/usr/bin/env node
const { main, openMachine, openWorld } = require('../dist/rupture.js');

const machine = openMachine(process);
void main(process.argv.slice(2), globals => openWorld(machine, globals)).then(exit => {
  process.exitCode = exit;
});
