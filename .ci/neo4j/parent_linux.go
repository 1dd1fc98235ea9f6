package main

import "syscall"

// dieWithParent has the kernel send sig to the process when the thread that started it ends, so
// that not even kill -9 leaves a server behind.
func dieWithParent(attr *syscall.SysProcAttr, sig syscall.Signal) { attr.Pdeathsig = sig }
