#!/usr/bin/env node
import { closeLostTerminals, machineOf, main, openWorld } from '../dist/rupture.js';

closeLostTerminals(process);
const machine = machineOf(process);
process.exitCode = await main(process.argv.slice(2), (globals) => openWorld(machine, globals));
