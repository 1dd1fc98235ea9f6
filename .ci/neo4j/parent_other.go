//go:build unix && !linux

package main

import "syscall"

// dieWithParent does nothing where the kernel has no such service; there only kill -9 leaves a
// server behind.
func dieWithParent(*syscall.SysProcAttr, syscall.Signal) {}
