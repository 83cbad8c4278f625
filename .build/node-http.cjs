// An `import` of node:http reads every export, including WebSocket, for which Node loads its whole fetch client: 10 to 25 ms.
// Node 22 has process.getBuiltinModule only from 22.3 on.
module.exports = require('node:module').createRequire(process.execPath)('node:http');
