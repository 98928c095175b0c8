/** Of chalk what is used, so that it is loaded as one file. */
export { Chalk } from 'chalk';
