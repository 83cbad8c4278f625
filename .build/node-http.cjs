// An `import` of node:http reads every export, including WebSocket, for which Node loads its whole fetch client: 10 to 25 ms.
module.exports = process.getBuiltinModule('node:http');
