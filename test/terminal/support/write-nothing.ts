// A program without Ink, which the build must refuse: its patches would be forgotten silently.
process.stdout.write('');
