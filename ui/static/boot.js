// A module of its own, because the page's policy forbids inline scripts.
import init from './signalbox.js';

init();
