#!/usr/bin/env node
require('../dist/frame.cjs').start();
