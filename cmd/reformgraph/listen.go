package main

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// portsTried is how many ports after a busy one are tried before any free one is
// taken.
const portsTried = 20

// windowsAddressInUse is what Windows calls EADDRINUSE.
const windowsAddressInUse = syscall.Errno(10048)

// listen listens on the address, or if its port is taken on the next free one.
// busy tells that the port was taken.
func listen(address string) (l net.Listener, busy bool, err error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, false, usagef("listen address %q is no HOST:PORT: %w", address, err)
	}
	port, err := net.LookupPort("tcp", service)
	if err != nil {
		return nil, false, usagef("listen address %q: %w", address, err)
	}
	for next := port; next <= min(port+portsTried, 65535); next++ {
		l, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(next)))
		if err == nil || !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, windowsAddressInUse) {
			break
		}
		busy = true
	}
	if busy && err != nil {
		l, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, busy, fmt.Errorf("listen on %s: %w", address, err)
	}
	return l, busy, nil
}
