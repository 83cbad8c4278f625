// Loaded before the built program by NODE_OPTIONS: crashes it from inside on a signal, as a bug would.
const fault = () => new Error('a fault \u001B[31mof its own\u001B]0;title\u0007, token=MARKEDSECRET');

process.on('SIGUSR2', () => {
  if (process.env.BREAK_BY === 'rejection') {
    void Promise.reject(fault());
  } else {
    throw fault();
  }
});
