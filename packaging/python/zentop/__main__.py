from zentop import main

main()
