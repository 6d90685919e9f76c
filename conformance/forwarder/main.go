// The program that BoringSSL's runner starts for each test. It hands its arguments to the JVM that waits at the Unix
// socket AKUSHU_SHIM_SOCKET, and answers with what comes back: one byte of exit status, then the text for standard
// output if it is 0 and for standard error if not. If it is killed, its end of the socket closes and the JVM gives the
// test up.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
)

func main() {
	status, err := forward(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "forwarder:", err)
		status = 1
	}
	os.Exit(status)
}

func forward(arguments []string) (int, error) {
	shim, err := net.Dial("unix", os.Getenv("AKUSHU_SHIM_SOCKET"))
	if err != nil {
		return 0, err
	}
	message := binary.BigEndian.AppendUint32(nil, uint32(len(arguments)))
	for _, argument := range arguments {
		message = binary.BigEndian.AppendUint32(message, uint32(len(argument)))
		message = append(message, argument...)
	}
	if _, err := shim.Write(message); err != nil {
		return 0, err
	}
	answer, err := io.ReadAll(shim)
	if err != nil {
		return 0, err
	}
	if len(answer) == 0 {
		return 0, fmt.Errorf("no answer")
	}
	output := os.Stdout
	if answer[0] != 0 {
		output = os.Stderr
	}
	_, err = output.Write(answer[1:])
	return int(answer[0]), err
}
