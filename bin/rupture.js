#!/usr/bin/env node
require('./code-cache.js').useCodeCache(process);
const { main, openMachine, openWorld } = require('../dist/rupture.cjs');

const machine = openMachine(process);
void main(process.argv.slice(2), globals => openWorld(machine, globals)).then(exit => {
  process.exitCode = exit;
});
