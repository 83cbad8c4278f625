// Got imports http2-wrapper for its option `http2`, which zentop does not use; loading it, and Node's HTTP/2, takes 8 ms.
module.exports = {};
