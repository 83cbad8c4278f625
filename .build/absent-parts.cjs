// Stands in for parts of Got that are only loaded, never used here: HTTP/2, a cache of answers, a cache of names.
// They would be a tenth of the bundle and of the start.
class Absent {
  constructor() {
    throw new Error('this part of Got is not in the build: see .build/options.js');
  }
}

module.exports = Absent;
module.exports.CacheError = class CacheError extends Error {};
