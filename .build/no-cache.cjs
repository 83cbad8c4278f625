// Got imports cacheable-request for its option `cache`, which zentop does not use; without, its file is a third smaller.
module.exports = class CacheableRequest {};
module.exports.CacheError = class CacheError extends Error {};
