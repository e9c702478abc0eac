'use strict';
// Jest requires its runtime before anything can compile TypeScript.
const tsx = require('tsx/cjs/api');

module.exports = tsx.require('./runtime.ts', __filename);
