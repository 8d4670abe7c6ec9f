# The folder of the helpers with which tests of the language are written.
