//go:build unix

package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
)

//go:embed pom.xml
var pom string

// version is the Neo4j version that pom.xml pins.
func version() string {
	return regexp.MustCompile(`<neo4j\.version>(.*)</neo4j\.version>`).FindStringSubmatch(pom)[1]
}

// jars returns the folder with the jars of the server, bringing them from Maven Central (about
// 125 MB) where the cache has none. The folder gets its name only once it is complete, and a copy
// of it is all that another machine needs.
func jars(ctx context.Context) (string, error) {
	cache := os.Getenv("REFORMGRAPH_CACHE")
	if cache == "" {
		cache = "build"
	}
	cache, err := filepath.Abs(cache)
	if err != nil {
		return "", err
	}
	root := filepath.Join(cache, "neo4j", version())
	lib := filepath.Join(root, "lib")
	if _, err := os.Stat(filepath.Join(lib, "neo4j-"+version()+".jar")); err == nil {
		return lib, nil
	}
	if err := os.MkdirAll(root, 0o777); err != nil {
		return "", fmt.Errorf("make the cache for the Neo4j jars: %w", err)
	}
	work, err := os.MkdirTemp(root, "fetch-")
	if err != nil {
		return "", fmt.Errorf("make the cache for the Neo4j jars: %w", err)
	}
	defer os.RemoveAll(work)
	mvn, err := findMaven(ctx)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(os.Stderr, "neo4j: bringing the jars of Neo4j %s (about 125 MB, once)\n", version())
	if err := copyDependencies(ctx, mvn, work); err != nil {
		return "", fmt.Errorf("bring the Neo4j jars with Maven: %w", err)
	}
	err = os.Rename(filepath.Join(work, "lib"), lib)
	// Another run may have been quicker; a folder in the way that lacks the server is not its work.
	if errors.Is(err, fs.ErrExist) {
		if _, statErr := os.Stat(filepath.Join(lib, "neo4j-"+version()+".jar")); statErr == nil {
			err = nil
		}
	}
	if err != nil {
		return "", fmt.Errorf("put the Neo4j jars in place (remove the folder if it is incomplete): %w", err)
	}
	return lib, nil
}

// copyDependencies runs Maven on pom.xml inside the folder work, which then has the jars in lib.
// Maven's own cache is tried first, without the network.
func copyDependencies(ctx context.Context, mvn, work string) error {
	pomFile := filepath.Join(work, "pom.xml")
	if err := os.WriteFile(pomFile, []byte(pom), 0o666); err != nil {
		return err
	}
	args := []string{"-B", "-ntp", "-q", "-Dstyle.color=never", "-f", pomFile, "dependency:copy-dependencies",
		"-DincludeScope=runtime", "-DoutputDirectory=" + filepath.Join(work, "lib")}
	if command(ctx, mvn, append([]string{"-o"}, args...)...).Run() == nil {
		return nil
	}
	cmd := command(ctx, mvn, args...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

// findMaven returns the Maven program, installing Debian's where there is none.
func findMaven(ctx context.Context) (string, error) {
	if mvn, err := exec.LookPath("mvn"); err == nil {
		return mvn, nil
	}
	if err := aptInstall(ctx, "maven"); err != nil {
		return "", fmt.Errorf("no Maven (mvn) to bring the Neo4j jars: %w", err)
	}
	return exec.LookPath("mvn")
}
