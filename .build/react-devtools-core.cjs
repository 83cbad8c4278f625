// Stands in for React's developer tools, which Ink loads when DEV is set: users have no need of them.
module.exports = {initialize() {}, connectToDevTools() {}};
