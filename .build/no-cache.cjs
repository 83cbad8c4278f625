// Got imports cacheable-request for its option `cache`, which zentop does not use; without it, the bundled file of `got` is a third smaller.
module.exports = class CacheableRequest {};
module.exports.CacheError = class CacheError extends Error {};
